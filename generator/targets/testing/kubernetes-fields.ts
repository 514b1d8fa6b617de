import * as kubernetes from "@kubernetes/client-node";

/** A property of a model of the API client. */
interface Attribute {
  readonly baseName: string;
  readonly type: string;
}
interface Model {
  getAttributeTypeMap(): readonly Attribute[];
}
const models = kubernetes as unknown as Readonly<Record<string, Partial<Model> | undefined>>;

/** Paths of fields of an object that the Kubernetes API does not know, as `spec.replica`; an unknown kind is one too. */
export function unknownFields(object: Readonly<Record<string, unknown>>): readonly string[] {
  const { apiVersion, kind } = object;
  const version = String(apiVersion).split("/").at(-1) ?? "";
  const model = `${version.slice(0, 1).toUpperCase()}${version.slice(1)}${kind}`;
  const own = model === "V1Event" ? "CoreV1Event" : model;
  return models[own]?.getAttributeTypeMap ? strange(object, own, "") : [`${apiVersion} ${kind}`];
}

function strange(value: unknown, type: string, path: string): readonly string[] {
  const list = /^Array<(.+)>$/.exec(type)?.[1] ?? /^Set<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one, i) => strange(one, list, `${path}[${i}]`));
  }
  const map = models[type]?.getAttributeTypeMap?.();
  if (map === undefined) return [];
  if (typeof value !== "object" || value === null) return [`${path} is no object`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const attribute = map.find(({ baseName }) => baseName === name);
    return attribute ? strange(inner, attribute.type, at) : [at];
  });
}
