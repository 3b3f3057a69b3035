package views

import (
	"fmt"
	"strconv"
	"time"
)

// Sizes of the chart, in its own units.
const (
	chartWidth  = 600
	chartHeight = 96
	chartBars   = 50
	barStep     = chartWidth / chartBars
	barWidth    = barStep - 3
	barLeast    = 3 // so that the shortest run can be seen
)

// bar is a run in the chart.
type bar struct {
	X, Y, Height int
	Status       string
	Cross        string // path of the cross over one that failed; empty: none
}

// bars draws runs, the newest one at the right; their height is their duration.
func bars(history []Task) (list []bar, longest time.Duration) {
	history = history[:min(len(history), chartBars)]
	for i := range history {
		longest = max(longest, history[i].Took())
	}
	for i := range history {
		task := &history[i]
		height := barLeast
		if longest > 0 {
			height = max(barLeast, int(int64(chartHeight-12)*int64(task.Took())/int64(longest)))
		}
		b := bar{X: chartWidth - (i+1)*barStep, Y: chartHeight - height, Height: height, Status: task.Status}
		if task.Status == TaskFailed {
			b.Cross = fmt.Sprintf("M%d %d l7 7 m0 -7 l-7 7", b.X+(barWidth-7)/2, max(1, b.Y-10))
		}
		list = append(list, b)
	}
	return list, longest
}

// chartLabel says in words what the chart shows.
func chartLabel(history []Task) string {
	failed, stopped := 0, 0
	for i := range history {
		switch history[i].Status {
		case TaskFailed:
			failed++
		case TaskStopped:
			stopped++
		}
	}
	_, longest := bars(history)
	return fmt.Sprintf("Duration of the last %s: the longest took %s, %s failed, %s stopped.",
		counted(len(history), "run"), span(longest), number(failed), was(stopped))
}

func was(n int) string {
	if n == 1 {
		return "1 was"
	}
	return number(n) + " were"
}

func units(n int) string { return strconv.Itoa(n) }

// drawnRuns says how many runs a chart shows.
func drawnRuns(n int) string {
	if n == 1 {
		return "The last run"
	}
	return "The last " + counted(n, "run")
}
