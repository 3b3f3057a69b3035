package metrics

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// RegisterBuild registers what was built: a gauge that is always 1, with the facts as labels.
func RegisterBuild(reg prometheus.Registerer, version, commit string) {
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "bibxml_build_info", Help: "What was built; always 1.",
		ConstLabels: prometheus.Labels{"version": version, "commit": commit, "go": runtime.Version()},
	})
	build.Set(1)
	reg.MustRegister(build)
}

// Pool is how much of a pool of connections to the database is used.
type Pool struct {
	Name   string
	Max    int
	InUse  int
	Idle   int
	Waits  int64         // how often somebody had to wait for a connection, since the start
	Waited time.Duration // for how long, all together
}

// pools reads the state of the pools whenever metrics are collected.
type pools struct {
	read                              func() []Pool
	connections, most, waits, waiting *prometheus.Desc
}

// RegisterPools registers the state of the pools that read gives.
func RegisterPools(reg prometheus.Registerer, read func() []Pool) {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, append([]string{"pool"}, labels...), nil)
	}
	reg.MustRegister(&pools{
		read:        read,
		connections: desc("bibxml_db_pool_connections", "Connections to the database, by what they do: in_use or idle.", "state"),
		most:        desc("bibxml_db_pool_connections_max", "The most connections that a pool may have."),
		waits:       desc("bibxml_db_pool_waits_total", "How often somebody had to wait for a connection."),
		waiting:     desc("bibxml_db_pool_wait_seconds_total", "Time spent waiting for connections."),
	})
}

// Describe implements prometheus.Collector.
func (p *pools) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{p.connections, p.most, p.waits, p.waiting} {
		to <- desc
	}
}

// Collect implements prometheus.Collector.
func (p *pools) Collect(to chan<- prometheus.Metric) {
	for _, pool := range p.read() {
		to <- gauge(p.connections, float64(pool.InUse), pool.Name, "in_use")
		to <- gauge(p.connections, float64(pool.Idle), pool.Name, "idle")
		to <- gauge(p.most, float64(pool.Max), pool.Name)
		to <- prometheus.MustNewConstMetric(p.waits, prometheus.CounterValue, float64(pool.Waits), pool.Name)
		to <- prometheus.MustNewConstMetric(p.waiting, prometheus.CounterValue, pool.Waited.Seconds(), pool.Name)
	}
}

func gauge(desc *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
}
