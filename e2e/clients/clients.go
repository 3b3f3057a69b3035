package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// client is a way to make a draft of the service's references.
type client struct {
	name       string
	needs      []string // programs
	references []reference
	build      func(ctx context.Context, base, dir string, references []reference) ([]byte, error)
}

var clients = []client{
	{"kramdown-rfc, fetching", []string{"kramdown-rfc", "xmllint"}, byKey(sampled), fetched},
	{"kramdown-rfc, external entities", []string{"kramdown-rfc", "xmllint"}, citable(sampled), entities},
	{"XInclude", []string{"xmllint"}, sampled, included},
}

// fetched lets kramdown-rfc fetch with its own code: XML_RESOURCE_ORG_PREFIX is its name for the service,
// KRAMDOWN_USE_TOOLS_SERVER has it ask there for RFCs and drafts too, whose targets it would drop.
func fetched(ctx context.Context, base, dir string, references []reference) ([]byte, error) {
	draft, err := kramdown(ctx, base, markdown(references, true),
		"KRAMDOWN_USE_TOOLS_SERVER=1", "KRAMDOWN_KEEP_TARGETS=1", "KRAMDOWN_REFCACHEDIR="+filepath.Join(dir, "refcache"))
	if err != nil {
		return nil, err
	}
	return xmllint(ctx, dir, draft)
}

// entities leaves the fetching to the processor of the draft.
func entities(ctx context.Context, base, dir string, references []reference) ([]byte, error) {
	draft, err := kramdown(ctx, base, markdown(references, false))
	if err != nil {
		return nil, err
	}
	return xmllint(ctx, dir, draft, "--noent")
}

// markdown writes a draft that cites the references.
func markdown(references []reference, standAlone bool) string {
	var list, cited strings.Builder
	for _, r := range references {
		list.WriteString("  " + r.key + ":\n")
		cited.WriteString("{{" + r.key + "}}\n")
	}
	return fmt.Sprintf(frame, standAlone, &list, &cited)
}

const frame = `---
title: References from a BibXML Service
docname: draft-sample-bibxml-clients-00
category: info
ipr: trust200902
stand_alone: %t
author:
- name: Sam Sample
  org: Example
normative:
%s
--- abstract

A draft whose references come from the service.

--- middle

# Introduction

%s`

func kramdown(ctx context.Context, base, draft string, env ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "kramdown-rfc", "--v3")
	cmd.Env = append(os.Environ(), "XML_RESOURCE_ORG_PREFIX="+base+"/public/rfc")
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdin = strings.NewReader(draft)
	return output(cmd)
}

// included writes a draft in XML that includes each reference, as templates of authors do.
func included(ctx context.Context, base, dir string, references []reference) ([]byte, error) {
	var draft bytes.Buffer
	draft.WriteString(`<rfc xmlns:xi="http://www.w3.org/2001/XInclude" docName="draft-sample-bibxml-clients-00"><middle><section><t>`)
	for _, r := range references {
		draft.WriteString(`<xref target="` + r.anchor + `"/>`)
	}
	draft.WriteString("</t></section></middle><back><references>")
	for _, r := range references {
		draft.WriteString(`<xi:include href="`)
		if err := xml.EscapeText(&draft, []byte(base+"/public/rfc/"+r.path)); err != nil {
			return nil, err
		}
		draft.WriteString(`"/>`)
	}
	draft.WriteString("</references></back></rfc>")
	return xmllint(ctx, dir, draft.Bytes(), "--xinclude")
}

// xmllint resolves what the arguments ask for; its answer is well-formed.
func xmllint(ctx context.Context, dir string, draft []byte, args ...string) ([]byte, error) {
	file := filepath.Join(dir, "draft.xml")
	if err := os.WriteFile(file, draft, 0o600); err != nil {
		return nil, err
	}
	return output(exec.CommandContext(ctx, "xmllint", append(args, file)...))
}

// output runs a program that asks the service, which stands on this machine and behind no proxy.
func output(cmd *exec.Cmd) ([]byte, error) {
	cmd.Env = append(cmd.Environ(), "http_proxy=")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, said.Bytes())
	}
	return out, nil
}
