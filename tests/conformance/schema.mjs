// Whether a value has the shape that a JSON Schema of the OpenAPI document gives it: the part of
// that language which the document uses.

const SHOWN_CHARACTERS = 80;

const TYPES = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

function resolve(document, schema) {
  const path = schema.$ref.replace(/^#\//, '').split('/');
  const found = path.reduce((at, name) => at?.[name], document);
  if (!found) throw new Error(`${schema.$ref} leads nowhere`);
  return found;
}

function shown(value) {
  return (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN_CHARACTERS);
}

function checkObject(document, schema, value, place) {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const missing = required.filter((name) => !(name in value))
    .map((name) => `${place}/${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const at = `${place}/${name}`;
    if (name in properties) return faults(document, properties[name], member, at);
    if (additionalProperties === false) return [`${at} is not in the schema`];
    return additionalProperties === true ? [] : faults(document, additionalProperties, member, at);
  });
  return [...missing, ...wrong];
}

function checkText(schema, value, place) {
  const { pattern, maxLength = Infinity } = schema;
  if (pattern && !new RegExp(pattern, 'u').test(value)) return [`${place} is ${shown(value)}`];
  return [...value].length > maxLength ? [`${place} is too long`] : [];
}

function checkChoices(document, schema, value, place) {
  const { anyOf, oneOf, allOf = [] } = schema;
  const all = allOf.flatMap((part) => faults(document, part, value, place));
  const choices = anyOf ?? oneOf;
  if (!choices) return all;
  const tried = choices.map((choice) => faults(document, choice, value, place));
  const closest = tried.reduce((best, next) => (next.length < best.length ? next : best));
  return [...all, ...closest];
}

/** What is wrong with the value, each with its place. */
export function faults(document, schema, value, place = '') {
  if (schema === true || schema === undefined) return [];
  if (schema.$ref) return faults(document, resolve(document, schema), value, place);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => TYPES[type](value))) {
    return [`${place} should be ${types.join(' or ')} and is ${shown(value)}`];
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${place} is ${shown(value)}`];
  if ('const' in schema && schema.const !== value) return [`${place} is ${shown(value)}`];
  const found = checkChoices(document, schema, value, place);
  if (TYPES.object(value)) found.push(...checkObject(document, schema, value, place));
  if (TYPES.string(value)) found.push(...checkText(schema, value, place));
  if (Array.isArray(value) && schema.items) {
    const items = value.map((item, n) => faults(document, schema.items, item, `${place}/${n}`));
    found.push(...items.flat());
  }
  return found;
}
