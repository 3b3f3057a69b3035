#!/bin/sh
# kramdown-rfc 1.6.22: a list of series is accepted and printed as the source text of a Ruby value.
#
# Guess before running it: "seriesinfo" takes a mapping (RFC: 20) or a list of mappings (- RFC: 20), as other keys
# of an entry take one or several; or a list is refused.
# Seen: from a list it writes <seriesInfo name="{&quot;RFC&quot;=&gt;20}" value=""/>, without a message and
# with exit status 0. A mapping works, so that a document can name no series twice. The number is read by YAML 1.1:
# "RFC: 0020" becomes RFC 16.
# Why it matters: a program that writes entries must write a mapping, with the number as a quoted text, and a
# document with two values of one series needs <refcontent> or an xi:include instead.
set -eu

version=1.6.22-1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
apt-get download ruby-kramdown-rfc2629=$version ruby-kramdown=2.4.0-2 ruby-kramdown-parser-gfm=1.1.0-2 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" root; done

cat >draft.md <<'MD'
---
title: Sample
abbrev: S
docname: draft-sample-series-00
category: info
author:
  - name: A. Author
    org: Example
informative:
  LIST:
    title: Some report
    date: 2020
    author:
      - org: Example
    seriesinfo:
      - RFC: 20
      - STD: 80
  MAPPING:
    title: Some report
    date: 2020
    author:
      - org: Example
    seriesinfo:
      RFC: 0020
  QUOTED:
    title: Some report
    date: 2020
    author:
      - org: Example
    seriesinfo:
      RFC: "0020"
---
--- abstract

Text.

--- middle

# One

{{LIST}} {{MAPPING}} {{QUOTED}}
MD
RUBYLIB=root/usr/lib/ruby/vendor_ruby:root/usr/share/rubygems-integration/all ruby root/usr/bin/kramdown-rfc draft.md >draft.xml 2>messages

failed=0
expect() { # key, expected
	seen=$(sed -n "/<reference anchor=\"$1\"/,/<\/reference>/p" draft.xml | grep -o '<seriesInfo[^>]*>' | tr '\n' ' ')
	echo "$1: $seen"
	[ "$seen" = "$2 " ] || { echo "  expected: $2"; failed=1; }
}
expect LIST '<seriesInfo name="{&quot;RFC&quot;=&gt;20}" value=""/> <seriesInfo name="{&quot;STD&quot;=&gt;80}" value=""/>'
expect MAPPING '<seriesInfo name="RFC" value="16"/>'
expect QUOTED '<seriesInfo name="RFC" value="0020"/>'
exit $failed
