package jobs

// LookAfterEvery is how often a worker looks after what needs no run.
const LookAfterEvery = lookAfterEvery
