package static

// The style sheet and htmx.min.js are made by npm and committed; `npm ci` beside package.json brings what
// it needs.
//go:generate npm run --silent build
