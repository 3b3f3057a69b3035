package views

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// someTask is a task that ended well.
func someTask(f Frame) Task {
	return Task{
		ID: "00000000-0000-0000-0000-000000000001", Dataset: "rfcs", SourceURL: PanelSourceURL("rfcs"), Status: TaskDone, By: "ietf from 192.0.2.1",
		RequestedAt: f.Now.Add(-time.Hour), StartedAt: f.Now.Add(-time.Hour), EndedAt: f.Now.Add(-time.Hour + 90*time.Second),
		Outcome: &TaskOutcome{Commit: "0123456789", CommitURL: "https://example.org/commit/0123456789", Total: 9154, Added: 1, Changed: 2, Removed: 3, Same: 4, Faults: 5},
	}
}

func runningTask(f Frame) Task {
	task := someTask(f)
	task.Status, task.EndedAt, task.Outcome = TaskRunning, time.Time{}, nil
	task.Phase, task.Done, task.Total, task.Rate, task.Left = "indexing", 3000, 9154, 1500.4, 4100*time.Millisecond
	return task
}

func heldBack(f Frame) Task {
	task := someTask(f)
	task.Status, task.Outcome, task.HeldBack, task.Error = TaskFailed, nil, true, "held back: 5 of its 12 records"
	return task
}

// hostileTask is one of which everything is what it must not be.
func hostileTask(f Frame, status string) Task {
	task := someTask(f)
	task.ID, task.Dataset, task.By, task.StoppedBy, task.Phase, task.Error = hostile, hostile, hostile, hostile, hostile, hostile
	task.Status, task.SourceURL, task.Refs, task.HeldBack = status, PanelSourceURL(hostile), []string{hostile, strings.Repeat("x", 5000)}, true
	task.Done, task.Total, task.EndedAt, task.Left = 7, -3, f.Now.Add(-48*time.Hour), -time.Hour
	task.Outcome = &TaskOutcome{Commit: hostile, Faults: -1}
	return task
}

func addPanel(pages map[string]templ.Component, f, bad Frame) {
	dataset := DatasetOf("rfcs", "https://github.com/ietf-tools/relaton-data-rfcs", "0123456789")
	dataset.Records, dataset.Problems, dataset.Unreadable, dataset.IndexedAt = 9154, 3, 2, f.Now.Add(-time.Hour)
	last, held := someTask(f), heldBack(f)
	dataset.CheckedAt = f.Now
	source := PanelSource{Dataset: dataset, State: StateRunning, Configured: true, Active: []Task{runningTask(f)}, Last: &last}
	refused := PanelSource{Dataset: DatasetOf("nist", "", ""), State: StateHeldBack, Configured: true, Last: &held}
	refused.Stale = true
	removed := PanelSource{Dataset: DatasetOf("old", "", ""), State: StateRemoved}
	archive := PanelSource{Dataset: DatasetOf("xml2rfc", "", ""), State: StateNever, Configured: true}
	badTask := hostileTask(f, TaskFailed)
	worst := PanelSource{Dataset: Dataset{Name: hostile, Title: hostile, URL: hostile, Commit: hostile, Problems: 1, Unreadable: 1}, State: hostile, Configured: true, Active: []Task{hostileTask(f, TaskRunning)}, Last: &badTask}
	problems := []LocatedProblem{{Problem{"docid[0]", "no type", 3}, "data/RFC1.yaml", FileURL(dataset.RepoURL, "abc", "data/RFC1.yaml", 3), RecordURL("rfcs", "RFC1")}, {Problem{"", "unreadable", 0}, "data/x.yaml", "", ""}}
	badProblems := []LocatedProblem{{Problem{hostile, hostile, 1}, hostile, FileURL("https://example.org", hostile, hostile, 1), RecordURL(hostile, hostile)}}
	changes := []TaskChange{{"added", "RFC1", RecordURL("rfcs", "RFC1"), "RFC 1", DocumentURL("RFC 1", "IETF"), "Host Software"}, {"removed", "x", "", "", "", ""}}
	badChanges := []TaskChange{{hostile, hostile, "", hostile, DocumentURL(hostile, ""), hostile}}
	finder := Finder{URL: "/x/", What: "problems", Page: 2, Size: 2, Total: 5, Text: "a"}
	badFinder := Finder{URL: "/x/", What: hostile, Text: hostile, Kind: hostile, Page: 1, Total: 1}
	log := []LogEntry{{f.Now, "started"}, {f.Now, "done"}}

	pages["management"] = ManagementPage(f, Panel{Sources: []PanelSource{source, refused, removed, archive}, Note: "Done.", Queue: true})
	pages["management empty"] = ManagementPage(Frame{}, Panel{})
	pages["management bad"] = ManagementPage(bad, Panel{Sources: []PanelSource{worst}, Note: hostile})
	pages["source"] = SourcePage(f, PanelSourcePage{Source: source, History: []Task{last, held, hostileTask(f, TaskStopped)}, Tasks: []Task{runningTask(f), last}, ReadingURL: TaskProblemsURL(last.ID)})
	pages["source held back"] = SourcePage(f, PanelSourcePage{Source: refused, Refs: "a b", Problem: "not so"})
	pages["source removed"] = SourcePage(f, PanelSourcePage{Source: removed})
	pages["source archive"] = SourcePage(f, PanelSourcePage{Source: archive, All: true})
	pages["source bad"] = SourcePage(bad, PanelSourcePage{Source: worst, Refs: hostile, Problem: hostile, History: []Task{badTask}, Tasks: []Task{badTask}})
	pages["source problems"] = SourceProblemsPage(f, SourceProblems{Source: source, Problems: problems, Finder: finder})
	pages["source problems none"] = SourceProblemsPage(f, SourceProblems{Source: archive})
	pages["source problems bad"] = SourceProblemsPage(bad, SourceProblems{Source: worst, Problems: badProblems, Finder: badFinder, ReadingURL: TaskProblemsURL(hostile)})
	pages["confirmation"] = ConfirmationPage(f, Confirmation{Title: "Reset rfcs", Dataset: "rfcs", About: []string{"All of it."}, Button: "Do", Action: "/x/", BackURL: "/y/"})
	pages["confirmation bad"] = ConfirmationPage(bad, Confirmation{Title: hostile, Dataset: hostile, About: []string{hostile}, Button: hostile, Action: ActionURL(hostile, "reset"), BackURL: ManagementURL})
	pages["task running"] = TaskPageOf(f, TaskPage{Task: runningTask(f), Known: true, Log: log})
	pages["task done"] = TaskPageOf(f, TaskPage{Task: last, Known: true, Log: log, Problems: problems, Listed: 9, Changes: changes, Kept: 20})
	pages["task held back"] = TaskPageOf(f, TaskPage{Task: held, Known: true})
	pages["task unknown"] = TaskPageOf(bad, TaskPage{ID: hostile})
	pages["task bad"] = TaskPageOf(bad, TaskPage{Task: badTask, Known: true, Log: []LogEntry{{Text: hostile}}, Problems: badProblems, Listed: 1, Changes: badChanges, Kept: 1})
	pages["task bad and running"] = TaskPageOf(bad, TaskPage{Task: hostileTask(f, TaskRunning), Known: true})
	pages["task problems"] = TaskProblemsListPage(f, TaskProblemsPage{Task: last, Problems: problems, Finder: finder})
	pages["task problems bad"] = TaskProblemsListPage(bad, TaskProblemsPage{Task: badTask, Problems: badProblems, Finder: badFinder})
	pages["task changes"] = TaskChangesListPage(f, TaskChangesPage{Task: last, Changes: changes, Finder: finder})
	pages["task changes bad"] = TaskChangesListPage(bad, TaskChangesPage{Task: badTask, Changes: badChanges, Finder: badFinder})
}

// Everybody is told how many files are missing among the records, apart from the records with problems.
func TestDatasetTellsOfUnreadableFiles(t *testing.T) {
	dataset := DatasetOf("nist", "", "")
	dataset.Problems = 3
	assert.NotContains(t, content(render(t, DatasetPage(testFrame, Listing{Dataset: dataset}))), "unreadable")
	dataset.Unreadable = 5
	page := content(render(t, DatasetPage(testFrame, Listing{Dataset: dataset})))
	assert.Contains(t, page, "3 with problems")
	assert.Contains(t, page, "5 unreadable files")
}

func TestFormsThatChangeSomethingAreOurs(t *testing.T) {
	f := testFrame
	f.FormToken = "sealed"
	seen := 0
	for name, page := range allPagesIn(f) {
		for _, form := range findWith(render(t, page), "method", "post") {
			seen++
			fields := findWith(form, "name", "csrf_token")
			require.Len(t, fields, 1, name)
			assert.Equal(t, "sealed", attribute(fields[0], "value"), name)
		}
	}
	assert.Positive(t, seen)
}

func allPagesIn(f Frame) map[string]templ.Component {
	pages := map[string]templ.Component{}
	addPanel(pages, f, f)
	return pages
}

func TestTaskAsksForItselfUntilItEnds(t *testing.T) {
	f := testFrame
	running := TaskPage{Task: runningTask(f), Known: true}
	doc := render(t, TaskPageOf(f, running))
	part := byID(t, doc, "task")
	assert.Equal(t, TaskURL(running.Task.ID), attribute(part, "hx-get"))
	assert.Equal(t, "every 1s", attribute(part, "hx-trigger"))
	assert.Equal(t, "32", attribute(find(part, "progress")[0], "value"))
	for _, want := range []string{"Indexing", "3,000 of 9,154", "1,500 a second", "about 4.1 s left"} {
		assert.Contains(t, content(part), want)
	}
	assert.Contains(t, content(find(doc, "title")[0]), "32 % – Index: rfcs")
	assert.Len(t, findWith(doc, "href", StopURL(running.Task.ID)), 1)
	assert.Len(t, findWith(doc, "href", TaskURL(running.Task.ID), "class", "button-quiet reload"), 1, "without JavaScript")

	update := render(t, TaskPart(running))
	assert.Empty(t, findWith(update, "hx-swap-oob", "true"), "it goes on")
	ended := render(t, TaskPart(TaskPage{Task: someTask(f), Known: true}))
	assert.Empty(t, attribute(byID(t, ended, "task"), "hx-get"), "it asks no more")
	assert.Equal(t, "true", attribute(byID(t, ended, "task-actions"), "hx-swap-oob"))
	assert.Empty(t, find(byID(t, ended, "task-actions"), "a"), "nothing is left to stop")
	assert.Equal(t, "Index: rfcs: Done", content(byID(t, ended, "announcements")))
}

func TestPhaseWithoutAnEndHasNoPercentage(t *testing.T) {
	task := runningTask(testFrame)
	task.Phase, task.Done, task.Total, task.Rate, task.Left = "fetching", 0, 0, 0, 0
	doc := render(t, TaskPageOf(testFrame, TaskPage{Task: task, Known: true}))
	assert.Empty(t, attribute(find(doc, "progress")[0], "value"))
	assert.Equal(t, "Fetching", content(byID(t, doc, "phase")))
	assert.NotContains(t, content(doc), "a second")
}

func TestChart(t *testing.T) {
	var history []Task
	for i := range 60 {
		task := someTask(testFrame)
		task.EndedAt = task.StartedAt.Add(time.Duration(i) * time.Second)
		history = append(history, task)
	}
	history[1].Status, history[2].Status = TaskFailed, TaskStopped
	drawn, longest := bars(history)
	require.Len(t, drawn, chartBars)
	assert.Equal(t, 49*time.Second, longest, "of those that are drawn")
	for i, b := range drawn {
		assert.GreaterOrEqual(t, b.Height, barLeast)
		assert.GreaterOrEqual(t, b.X, 0)
		assert.GreaterOrEqual(t, b.Y, 0)
		if i > 0 {
			assert.Less(t, b.X, drawn[i-1].X, "the newest at the right")
		}
	}
	assert.NotEmpty(t, drawn[1].Cross)
	assert.Empty(t, drawn[2].Cross)
	assert.Equal(t, "Duration of the last 60 runs: the longest took 49 s, 1 failed, 1 was stopped.", chartLabel(history))
	page := render(t, SourcePage(testFrame, PanelSourcePage{History: history}))
	assert.Len(t, find(byID(t, page, "history"), "tr"), 1+chartBars, "the table says the same")
	drawn, longest = bars(nil)
	assert.Empty(t, drawn)
	assert.Zero(t, longest)
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0 s", 0: "0 s", time.Microsecond: "1 ms", 250 * time.Millisecond: "250 ms", 4100 * time.Millisecond: "4.1 s",
		42 * time.Second: "42 s", 90 * time.Second: "1 min 30 s", time.Hour - time.Millisecond: "60 min 0 s", 125 * time.Minute: "2 h 5 min",
	} {
		assert.Equal(t, want, span(d))
	}
}

func TestFileURL(t *testing.T) {
	const repo = "https://github.com/ietf-tools/relaton-data-rfcs.git"
	for _, tt := range []struct{ repo, commit, file, want string }{
		{repo, "abc", "data/RFC1.yaml", "https://github.com/ietf-tools/relaton-data-rfcs/blob/abc/data/RFC1.yaml?plain=1#L7"},
		{repo, "abc", "data/a #1?.yaml", "https://github.com/ietf-tools/relaton-data-rfcs/blob/abc/data/a%20%231%3F.yaml?plain=1#L7"},
		{repo, "", "data/RFC1.yaml", ""},
		{"/srv/rfcs.git", "abc", "data/RFC1.yaml", ""},
		{"https://user:secret@example.org/rfcs", "abc", "data/RFC1.yaml", ""},
	} {
		assert.Equal(t, tt.want, FileURL(tt.repo, tt.commit, tt.file, 7))
	}
	assert.NotContains(t, FileURL(repo, "abc", "x", 0), "#")
}

func TestFinderPages(t *testing.T) {
	f := Finder{URL: "/x/", What: "changes", Size: 50, Kind: "added", Text: "a b"}
	for total, pages := range map[int]int{0: 1, 1: 1, 50: 1, 51: 2, 10_000: 200} {
		f.Total = total
		assert.Equal(t, pages, f.Pages())
	}
	f.Total = 10_000
	assert.Equal(t, "/x/?kind=added&text=a+b", f.PageURL(1))
	assert.Equal(t, "/x/?kind=added&text=a+b&page=2", f.PageURL(2))
	assert.Equal(t, "/x/?kind=removed&text=a+b", f.KindURL("removed"))
	assert.Equal(t, "10,000 changes", foundHeading(f))
	f.Total = 0
	assert.Equal(t, "No changes like that", foundHeading(f))
	assert.Equal(t, "1 change", foundHeading(Finder{What: "changes", Total: 1}))
}
