package metrics

import (
	"context"
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// collectTimeout is how long the database may take to answer when metrics are collected. Prometheus
// itself gives up after ten seconds, and then has none at all.
const collectTimeout = 2 * time.Second

// Source is what the database tells of a source of which something was indexed.
type Source struct {
	Dataset    string
	Never      bool          // it was never indexed in full: Checked and Age say nothing
	Checked    time.Time     // when all of it was last looked at without failure
	Age        time.Duration // since then, by the clock of the database
	Records    int
	Problems   int // records with problems, and files that could not be read
	Unreadable int // the latter alone
}

// LastRun is how the newest full indexing of a source ended.
type LastRun struct {
	Dataset string
	Failed  bool
	Took    time.Duration
}

// Queue is what waits and runs.
type Queue struct {
	Jobs   map[string]int // by state
	Oldest time.Duration  // how long the run that waits longest has been waiting
	Last   []LastRun
}

// Index is read from the database whenever the metrics of a worker are collected, so that they are
// right after a restart, and know of indexings from the command line as well.
type Index struct {
	Datasets   []string      // every source that should be indexed
	StaleAfter time.Duration // age from which a source is stale; 0: none
	Sources    func(context.Context) ([]Source, error)
	Queue      func(context.Context) (Queue, error)
}

// RegisterIndex registers the state of the sources and of the queue.
func RegisterIndex(reg prometheus.Registerer, index Index) {
	reg.MustRegister(&indexState{index: index})
}

type indexState struct{ index Index }

func byDataset(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, []string{"dataset"}, nil)
}

var (
	descDatabase   = prometheus.NewDesc("bibxml_database_up", "Whether the database answered when these metrics were collected (1 or 0).", nil, nil)
	descSuccess    = byDataset("bibxml_indexing_last_success_timestamp_seconds", "When all of a source was last looked at without failure.")
	descAge        = byDataset("bibxml_source_age_seconds", "Time since all of a source was last looked at without failure; infinite when it never was.")
	descStale      = prometheus.NewDesc("bibxml_source_stale_after_seconds", "Age from which a source counts as stale (STALE_AFTER); 0: never.", nil, nil)
	descRecords    = byDataset("bibxml_source_records", "Records of a source.")
	descProblems   = byDataset("bibxml_source_problems", "Records of a source with problems, and files of it that could not be read.")
	descUnreadable = byDataset("bibxml_source_unreadable", "Files of a source that could not be read as records.")
	descLastOK     = byDataset("bibxml_indexing_last_run_success", "Whether the newest full indexing of a source succeeded (1 or 0).")
	descLastTook   = byDataset("bibxml_indexing_last_run_duration_seconds", "Time that the newest full indexing of a source took.")
	descJobs       = prometheus.NewDesc("bibxml_queue_jobs", "Jobs in the queue, by state.", []string{"state"}, nil)
	descOldest     = prometheus.NewDesc("bibxml_queue_oldest_waiting_seconds", "How long the request that waits longest has been waiting; 0: none waits.", nil, nil)
)

// Describe implements prometheus.Collector.
func (*indexState) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{
		descDatabase, descSuccess, descAge, descStale, descRecords, descProblems, descUnreadable,
		descLastOK, descLastTook, descJobs, descOldest,
	} {
		to <- desc
	}
}

// Collect implements prometheus.Collector. Without a database it tells only that.
func (s *indexState) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTimeout)
	defer cancel()
	sources, err := s.index.Sources(ctx)
	if err != nil {
		to <- gauge(descDatabase, 0)
		return
	}
	queue, err := s.index.Queue(ctx)
	if err != nil {
		to <- gauge(descDatabase, 0)
		return
	}
	to <- gauge(descDatabase, 1)
	s.collectSources(to, sources)
	collectQueue(to, queue)
}

func (s *indexState) collectSources(to chan<- prometheus.Metric, sources []Source) {
	to <- gauge(descStale, s.index.StaleAfter.Seconds())
	aged := make(map[string]bool, len(sources))
	for _, source := range sources {
		if !source.Never {
			aged[source.Dataset] = true
			to <- gauge(descSuccess, float64(source.Checked.UnixMilli())/1000, source.Dataset)
			to <- gauge(descAge, source.Age.Seconds(), source.Dataset)
		}
		to <- gauge(descRecords, float64(source.Records), source.Dataset)
		to <- gauge(descProblems, float64(source.Problems), source.Dataset)
		to <- gauge(descUnreadable, float64(source.Unreadable), source.Dataset)
	}
	for _, dataset := range s.index.Datasets {
		if !aged[dataset] {
			to <- gauge(descAge, math.Inf(1), dataset)
		}
	}
}

func collectQueue(to chan<- prometheus.Metric, queue Queue) {
	for state, jobs := range queue.Jobs {
		to <- gauge(descJobs, float64(jobs), state)
	}
	to <- gauge(descOldest, queue.Oldest.Seconds())
	for _, last := range queue.Last {
		succeeded := 1.0
		if last.Failed {
			succeeded = 0
		}
		to <- gauge(descLastOK, succeeded, last.Dataset)
		to <- gauge(descLastTook, last.Took.Seconds(), last.Dataset)
	}
}
