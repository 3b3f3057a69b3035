import { expect, served as test } from "./support/test.ts";

interface Case {
  path: string;
  /** The root element and its anchor. */
  root: string;
  anchor: string;
  /** A part of the answer that tells this document from others. */
  holds: string;
}

const cases: Record<string, Case> = {
  "an RFC": { path: "bibxml/reference.RFC.9000.xml", root: "reference", anchor: "RFC9000", holds: "QUIC: A UDP-Based" },
  "an RFC by its alias, with padding": { path: "bibxml-rfcs/_reference.RFC.0020.xml", root: "reference", anchor: "RFC0020", holds: "ASCII format" },
  "an RFC of the newer model": { path: "bibxml/reference.RFC.9114.xml", root: "reference", anchor: "RFC9114", holds: 'role="editor"' },
  "an RFC with many relations": { path: "bibxml/reference.RFC.8996.xml", root: "reference", anchor: "RFC8996", holds: "Deprecating TLS 1.0" },
  "corporate authors": { path: "bibxml/reference.RFC.3177.xml", root: "reference", anchor: "RFC3177", holds: "IESG</organization>" },
  "a BCP with two members": { path: "bibxml9/reference.BCP.0014.xml", root: "referencegroup", anchor: "BCP14", holds: 'anchor="RFC8174"' },
  "an STD": { path: "bibxml-rfcsubseries/reference.STD.13.xml", root: "referencegroup", anchor: "STD13", holds: 'anchor="RFC1035"' },
  "the newest version of a draft": { path: "bibxml3/reference.I-D.ietf-quic-transport.xml", root: "reference", anchor: "I-D.ietf-quic-transport", holds: "draft-ietf-quic-transport-34" },
  "one version of a draft": { path: "bibxml-ids/reference.I-D.draft-ietf-quic-transport-33.xml", root: "reference", anchor: "I-D.ietf-quic-transport", holds: "draft-ietf-quic-transport-33" },
  "a miscellaneous document": { path: "bibxml2/reference.ISO.8601.2004.xml", root: "reference", anchor: "ISO.8601.2004", holds: "dates and times" },
  "a recommendation of W3C": { path: "bibxml4/reference.W3C.REC-xml-20081126.xml", root: "reference", anchor: "W3C.REC-xml-20081126", holds: "Fifth Edition" },
  "a W3C document of the newer model": { path: "bibxml-w3c/reference.W3C.WD-webtransport-20231220.xml", root: "reference", anchor: "W3C.WD-webtransport-20231220", holds: "WebTransport" },
  "the newest release of 3GPP": { path: "bibxml5/reference.3GPP.23.501.xml", root: "reference", anchor: "SDO-3GPP.23.501", holds: 'year="2024"' },
  "a standard of IEEE": { path: "bibxml6/reference.R.IEEE.Std%2520754-2019.xml", root: "reference", anchor: "IEEE_Std_754_2019", holds: "Floating-Point" },
  "a registry": { path: "bibxml8/reference.IANA.tls-parameters.xml", root: "reference", anchor: "IANA_tls_parameters", holds: "Transport Layer Security" },
  "a part of a registry": { path: "bibxml8/reference.IANA.tls-parameters_tls-parameters-4.xml", root: "reference", anchor: "IANA_tls_parameters_tls_parameters_4", holds: "Cipher Suites" },
  "a publication of NIST": { path: "bibxml-nist/reference.NIST.FIPS.197-upd1.xml", root: "reference", anchor: "NIST_FIPS_197_upd1", holds: "Advanced Encryption" },
  "a name that the archive maps": { path: "bibxml2/reference.LEGACY.KEYWORDS.xml", root: "reference", anchor: "LEGACY.KEYWORDS", holds: "Requirement Levels" },
  "a reference that the archive alone has": { path: "bibxml2/reference.ANSI.T1-102.1987.xml", root: "reference", anchor: "ANSI.T1-102.1987", holds: "Digital Hierarchy" },
};

for (const [name, { path, root, anchor, holds }] of Object.entries(cases)) {
  test(`the path of ${name} answers`, async ({ request }) => {
    const response = await request.get(`/public/rfc/${path}`);
    const body = await response.text();
    expect(response.status(), body).toBe(200);
    expect(response.headers()["content-type"]).toBe("application/xml; charset=utf-8");
    expect(response.headers()["x-resolution-methods"]).toBe("manual;auto;fallback");
    const [, element, found] = /<(reference\w*)\s[^>]*?anchor=["']([^"']*)/.exec(body) ?? [];
    expect({ element, found }).toEqual({ element: root, found: anchor });
    expect(body).toContain(holds);
  });
}

test("the anchor can be chosen", async ({ request }) => {
  const response = await request.get("/public/rfc/bibxml/reference.RFC.9000.xml?anchor=QUIC");
  expect(await response.text()).toMatch(/^<reference anchor="QUIC"/);
});

test("a draft answers in every form that clients write", async ({ request }) => {
  for (const file of ["reference.I-D.ietf-quic-transport", "reference.I-D.draft-ietf-quic-transport", "draft-ietf-quic-transport"]) {
    const response = await request.get(`/public/rfc/bibxml3/${file}.xml`);
    expect(response.status(), file).toBe(200);
    expect(await response.text(), file).toMatch(/^<reference anchor="I-D.ietf-quic-transport"/);
  }
});

test("a path that leads nowhere says what was tried", async ({ request }) => {
  for (const path of ["bibxml/reference.RFC.99999.xml", "bibxml2/reference.LEGACY.INVALID.xml", "bibxml3/reference.I-D.no-such-draft.xml"]) {
    const response = await request.get(`/public/rfc/${path}`);
    expect(response.status(), path).toBe(404);
    expect(response.headers()["content-type"]).toContain("application/json");
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toContain("Error resolving bibliographic item. Tried methods:");
  }
});
