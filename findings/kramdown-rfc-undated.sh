#!/bin/sh
# kramdown-rfc 1.6.22: an undated reference gets today's month, or "n.d.", depending on how it says so.
#
# Guess before running it: "date: n.d." is refused like every text that is no date ("Invalid date"), or is
# written as it stands; an empty "date:" means that there is no date.
# Seen: "date: n.d." becomes the year and month of the day of the run, without a message and with exit status 0.
# An empty "date:" becomes <date year="n.d."/>. "date: false" becomes an empty <date />.
# Why it matters: a bibliography that writes "n.d." by habit (as APA and BibTeX styles do) gets a
# publication date that is wrong and changes from month to month. Whoever writes kramdown entries for undated
# documents has to write "date: false".
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
docname: draft-sample-undated-00
category: info
author:
  - name: A. Author
    org: Example
informative:
  WORDS:
    title: Some report
    date: n.d.
    author:
      - org: Example
  EMPTY:
    title: Some report
    date:
    author:
      - org: Example
  NODATE:
    title: Some report
    date: false
    author:
      - org: Example
---
--- abstract

Text.

--- middle

# One

{{WORDS}} {{EMPTY}} {{NODATE}}
MD
RUBYLIB=root/usr/lib/ruby/vendor_ruby:root/usr/share/rubygems-integration/all ruby root/usr/bin/kramdown-rfc draft.md >draft.xml 2>messages

date_of() { sed -n "/<reference anchor=\"$1\"/,/<\/reference>/p" draft.xml | grep -o "<date[^>]*>"; }
failed=0
expect() { # key, expected
	seen=$(date_of "$1")
	echo "$1: $seen"
	[ "$seen" = "$2" ] || { echo "  expected: $2"; failed=1; }
}
expect WORDS "<date year=\"$(date +%Y)\" month=\"$(LC_ALL=C date +%B)\"/>"
expect EMPTY '<date year="n.d."/>'
expect NODATE '<date />'
if grep -q 'Invalid date' messages; then
	echo "  expected no message about dates"
	failed=1
fi
exit $failed
