import { expect, served as test } from "./support/test.ts";

interface Item {
  title: { content: string }[];
  docid: { id: string; type: string; primary: boolean | null }[];
  date: { type: string; value: string }[];
  relation: { type: string }[] | null;
  sources: Record<string, unknown>;
}

test("by-docid answers a document of one source", async ({ request }) => {
  const response = await request.get("/api/v1/by-docid/?docid=RFC+9000");
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toContain("application/json");
  expect(response.headers()["x-xml2rfc-anchor"]).toBe("RFC9000");
  const { data } = (await response.json()) as { data: Item };
  expect(data.title[0]?.content).toBe("QUIC: A UDP-Based Multiplexed and Secure Transport");
  expect(data.docid[0]).toMatchObject({ id: "RFC 9000", type: "IETF", primary: true });
  expect(data.date[0]?.value).toBe("May 2021");
  expect(Object.keys(data.sources)).toHaveLength(1);
});

test("by-docid merges the records of two sources, the newest first", async ({ request }) => {
  const { data } = (await (await request.get("/api/v1/by-docid/?docid=NIST+FIPS+186-5")).json()) as { data: Item };
  expect(data.title.map((title) => title.content)).toEqual(["FIPS 186-5, Digital Signature Standard", "Digital Signature Standard (DSS)"]);
  expect(Object.keys(data.sources)).toHaveLength(2);
});

test("by-docid answers a record of the newer model in the shape of the older one", async ({ request }) => {
  const { data } = (await (await request.get("/api/v1/by-docid/?docid=W3C+WD-webtransport-20231220")).json()) as { data: Item };
  expect(data.docid).toMatchObject([{ id: "W3C WD-webtransport-20231220", type: "W3C", primary: true }]);
  expect(data.date).toMatchObject([{ type: "published", value: "2023-12-20" }]);
});

test("by-docid answers in XML", async ({ request }) => {
  const response = await request.get("/api/v1/by-docid/?docid=BCP+14&format=bibxml");
  expect(response.headers()["content-type"]).toContain("application/xml");
  expect(await response.text()).toMatch(/^<referencegroup anchor="BCP14"/);
});

test("by-docid refuses what it cannot answer", async ({ request }) => {
  const missing = await request.get("/api/v1/by-docid/");
  expect(missing.status()).toBe(400);
  expect(await missing.json()).toEqual({ error: "Missing document ID" });
  const format = await request.get("/api/v1/by-docid/?docid=RFC+9000&format=papyrus");
  expect(format.status()).toBe(400);
  expect(await format.json()).toEqual({ error: "Requested format is not supported" });
  const unknown = await request.get("/api/v1/by-docid/?docid=RFC+99999");
  expect(unknown.status()).toBe(404);
  expect(((await unknown.json()) as { error: string }).error).toContain("Unable to find bibliographic item matching document ID");
});

test("a record that breaks the model is served from its sound fields", async ({ request }) => {
  const response = await request.get("/api/v1/ref/misc/reference.SAMPLE.model-broken/");
  expect(response.status()).toBe(200);
  const { data } = (await response.json()) as { data: Item };
  expect(data.docid).toContainEqual(expect.objectContaining({ id: "SAMPLE model-broken" }));
  expect(data.title).toContainEqual(expect.objectContaining({ content: "A record that breaks the model in many fields" }));
});

test("the search finds by a part of an identifier, the newest first", async ({ request }) => {
  const response = await request.get("/api/v1/search/Quic.Transport-3/");
  expect(response.status()).toBe(200);
  const { meta, data } = (await response.json()) as { meta: { total_records: number }; data: Item[] };
  expect(meta.total_records).toBe(3);
  expect(data.map((item) => item.docid[0]?.id)).toEqual(["draft-ietf-quic-transport-34", "draft-ietf-quic-transport-33", "draft-ietf-quic-transport-32"]);
});

test("a method that an address does not have is refused", async ({ request }) => {
  expect((await request.post("/public/rfc/bibxml/reference.RFC.9000.xml")).status()).toBe(405);
  expect((await request.delete("/api/v1/by-docid/?docid=RFC+9000")).status()).toBe(405);
});

test("management needs a token, its state does not", async ({ request }) => {
  expect((await request.post("/api/v1/management/rfcs/reindex/")).status()).toBe(403);
  const status = await request.get("/api/v1/management/rfcs/status/");
  expect(status.status()).toBe(200);
  const { tasks } = (await status.json()) as { tasks: { dataset_id: string; outcome_summary: string | null }[] };
  expect(tasks[0]?.dataset_id).toBe("rfcs");
});
