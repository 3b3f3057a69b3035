package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

const (
	// groupMembers is how many members the group has; no real one has a tenth of them.
	groupMembers = 5000
	// mostOfGroup is what an answer about it may take.
	mostOfGroup = time.Second
)

// reportMembers measures every kind of answer about a group of many members, each asked for once and for the first time.
func reportMembers(ctx context.Context, opts options, dir string) (err error) {
	repo := dir + "-sources/misc.git"
	if err := makeGroup(ctx, repo); err != nil {
		return fmt.Errorf("make a group: %w", err)
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: dir, Sources: map[string]string{"misc": repo}, Order: []string{"misc"}, Log: opts.log(), Program: opts.program, Env: asByDefault,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	if _, err := lab.Index(ctx); err != nil {
		return err
	}
	web, err := lab.Web(ctx)
	if err != nil {
		return err
	}
	defer web.Stop()
	fmt.Printf("\n## A group of %d members\n\n| what | ms | processor, ms | kB | |\n|---|--:|--:|--:|---|\n", groupMembers)
	for _, one := range []struct{ name, path string }{
		{"page", "/get-one/by-docid/?docid=GROUP+1"},
		{"page of its members", "/get-one/relations/?docid=GROUP+1&type=includes&page=50"},
		{"JSON", "/api/v1/by-docid/?docid=GROUP+1"},
		{"JSON with successors", "/api/v1/by-docid/?docid=GROUP+1&include=successors"},
		{"BibXML", "/api/v1/by-docid/?docid=GROUP+1&format=bibxml"},
		{"BibXML by its path", "/public/rfc/bibxml2/reference.GROUP.1.xml"},
		{"kramdown", "/api/v1/by-docid/?docid=GROUP+1&format=kramdown"},
		{"text", "/api/v1/by-docid/?docid=GROUP+1&format=text"},
		{"download", "/get-one/export/?docid=GROUP+1&format=bibxml"},
		{"record", "/indexed-sources/relaton-data-misc/group/"},
		{"search", "/search/?query=many+members"},
		{"search by the API", "/api/v1/search/many%2520members/?query_format=websearch"},
		{"page of a member", "/get-one/by-docid/?docid=MEMBER+2500"},
	} {
		before, err := spent(lab, web)
		if err != nil {
			return err
		}
		started := time.Now()
		body, err := harness.Get(ctx, web.Base+one.path)
		if err != nil {
			return err
		}
		took, mark := time.Since(started), ""
		if took >= mostOfGroup {
			mark = "too long"
		}
		after, err := spent(lab, web)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d | %d | %d | %s |\n", one.name, took.Milliseconds(), (after - before).Milliseconds(), len(body)/1000, mark)
	}
	fmt.Print("\nEach was asked for once, for the first time. The processor time is that of web process and database together, in steps of 10 ms.\n")
	return nil
}

// spent returns the processor time of a web process and of the database so far.
func spent(lab *harness.Lab, web *harness.Process) (time.Duration, error) {
	cpu, err := web.CPU()
	if err != nil {
		return 0, err
	}
	of, err := lab.DatabaseCPU()
	total := cpu.Own
	for _, part := range of {
		total += part
	}
	return total, err
}

// makeGroup makes a repository with a group and its members, by `git fast-import`.
func makeGroup(ctx context.Context, repo string) error {
	if err := os.RemoveAll(repo); err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, "git", "init", "-q", "--bare", "-b", "main", repo).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	var stream bytes.Buffer
	stream.WriteString("commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 5\ngroup\n")
	file := func(name, content string) {
		fmt.Fprintf(&stream, "M 644 inline data/%s.yaml\ndata %d\n%s\n", name, len(content), content)
	}
	var group strings.Builder
	group.WriteString("docid: [{id: GROUP 1, type: GROUP, primary: true}]\ntitle: A group of many members\ntype: standard\ndate: [{type: published, value: 2020-01-01}]\nrelation:\n")
	for i := range groupMembers {
		fmt.Fprintf(&group, "- {type: includes, bibitem: {docid: [{id: MEMBER %d, type: X, primary: true}]}}\n", i)
		file(fmt.Sprintf("member-%d", i), fmt.Sprintf(`docid: [{id: MEMBER %d, type: X, primary: true}]
title: [{content: The title of member %d of the group, type: main}]
type: standard
date: [{type: published, value: 20%02d-03-01}]
link: [{content: "https://example.org/%d", type: src}]
contributor:
- {role: [{type: author}], person: {name: {completename: {content: A. Author %d}}}}
- {role: [{type: publisher}], organization: {name: [{content: Publisher}]}}
abstract: [{content: "<p>%s</p>", format: text/html}]
`, i, i, i%26, i, i%700, strings.Repeat("This says what the member is about. ", 12)))
	}
	file("group", group.String())
	load := exec.CommandContext(ctx, "git", "-C", repo, "fast-import", "--quiet")
	load.Stdin = &stream
	if out, err := load.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}
