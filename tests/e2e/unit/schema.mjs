// Holds a value against a JSON Schema: the few keywords that docs/export.schema.json uses, and an error for any other.

const KNOWN = ["$schema", "title", "$defs", "$ref", "type", "const", "enum", "anyOf", "pattern", "minimum", "maxItems", "required", "additionalProperties", "properties", "items"];

/** What does not fit, each with its place; none where everything does. */
export function findMistakes(value, schema, root = schema, place = "") {
  const unknown = Object.keys(schema).filter((key) => !KNOWN.includes(key));
  if (unknown.length) throw new Error(`${place}: keywords that nobody checks: ${unknown}`);
  if (schema.$ref) return findMistakes(value, root.$defs[schema.$ref.split("/").at(-1)], root, place);
  if (schema.anyOf) return schema.anyOf.some((one) => findMistakes(value, one, root, place).length === 0) ? [] : [`${place}: ${JSON.stringify(value)} fits none`];
  const wrong = (is, what) => (is ? [`${place}: ${JSON.stringify(value)?.slice(0, 80)} is not ${what}`] : []);
  return [
    ...wrong(schema.type && ![schema.type].flat().includes(typeOf(value, schema.type)), schema.type),
    ...wrong("const" in schema && value !== schema.const, schema.const),
    ...wrong(schema.enum && !schema.enum.includes(value), schema.enum),
    ...wrong(schema.pattern && !new RegExp(schema.pattern, "u").test(value), schema.pattern),
    ...wrong(value < schema.minimum, `${schema.minimum} or more`),
    ...wrong(value?.length > schema.maxItems, `a list of at most ${schema.maxItems}`),
    ...inObject(value, schema, root, place),
    ...(schema.items && Array.isArray(value) ? value.flatMap((item, i) => findMistakes(item, schema.items, root, `${place}[${i}]`)) : []),
  ];
}

function inObject(value, { required = [], additionalProperties, properties = {} }, root, place) {
  if (typeOf(value) !== "object") return [];
  const lacking = required.filter((name) => !(name in value)).map((name) => `${place}: lacks ${name}`);
  const known = Object.keys(value).filter((name) => name in properties);
  const added = additionalProperties === false ? Object.keys(value).filter((name) => !(name in properties)) : [];
  return [...lacking, ...added.map((name) => `${place}: has ${name}`), ...known.flatMap((name) => findMistakes(value[name], properties[name], root, `${place}.${name}`))];
}

function typeOf(value, wanted) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) && [wanted].flat().includes("integer") ? "integer" : typeof value;
}
