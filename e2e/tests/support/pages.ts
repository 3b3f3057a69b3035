/** The pages of the service, each in a state worth looking at. */
export const pages: Record<string, string> = {
  home: "/",
  about: "/about",
  api: "/api/v1/",
  "api-spec": "/api-spec/openapi_spec_main/",
  search: "/search/?query=transport",
  "search-narrowed": "/search/?query=transport&source=rfcs&decade=2020&decade=2010&sort=newest",
  "search-exact": "/search/?query=rfc9000",
  "search-pages": "/search/?query=rfc&page=2",
  "search-mended": "/search/?query=congstion",
  "search-nothing": "/search/?query=xyzzyplugh",
  "search-nearest": "/search/?query=RFC+9003",
  "search-narrowed-to-nothing": "/search/?query=quic&year=1970",
  advanced: "/search/advanced/",
  "search-many": "/search/?query=rfc&query_format=docid_regex",
  "search-words": "/search/?query=transport&query_format=websearch",
  "search-words-nothing": "/search/?query=xyzzyplugh&query_format=websearch",
  "search-fallback": "/search/?query=multiplexed+transport&allow_format_fallback=1",
  "search-refused": "/search/?query=%7B&query_format=json_struct",
  document: "/RFC9000",
  "document-relations": "/get-one/by-docid/?docid=RFC+8996",
  "document-group": "/get-one/by-docid/?docid=BCP+14",
  "document-superseded": "/get-one/by-docid/?docid=RFC+2246",
  "document-newer-version": "/get-one/by-docid/?docid=draft-ietf-quic-transport-32",
  "document-newer-release": "/get-one/by-docid/?docid=3GPP+TS+23.501%3AREL-15%2F15.2.0",
  "document-undated": "/get-one/by-docid/?docid=W3C+webtransport",
  "document-problems": "/get-one/by-docid/?docid=SAMPLE+model-broken",
  "document-two-sources": "/get-one/by-docid/?docid=NIST+FIPS+186-5",
  "document-japanese": "/get-one/by-docid/?docid=W3C+NOTE-jlreq-20120403",
  "document-names": "/get-one/by-docid/?docid=draft-sample-uneven-names-00",
  "document-long-title": "/get-one/by-docid/?docid=IEEE+Std+P802.3ah%2FD3.3",
  "document-markup": "/get-one/by-docid/?docid=SAMPLE+markup",
  "document-bare": "/get-one/by-docid/?docid=SAMPLE+untitled",
  dataset: "/indexed-sources/relaton-data-misc/",
  "dataset-middle": "/indexed-sources/relaton-data-rfcs/?from=RFC+5000",
  "dataset-year": "/indexed-sources/relaton-data-rfcs/?year=2021",
  "dataset-beyond": "/indexed-sources/relaton-data-rfcs/?from=zzz",
  record: "/indexed-sources/relaton-data-rfcs/RFC9000/",
  "record-problems": "/indexed-sources/relaton-data-misc/reference.SAMPLE.model-broken/",
};

/** An address that nothing answers. */
export const nowhere = "/nowhere/";

/** What Chromium writes into the console when the page itself is an error page. */
export const notFoundComplaint = /status of 404/;
