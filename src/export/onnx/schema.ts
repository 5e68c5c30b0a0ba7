/** The few messages of the ONNX file format that are written here, for protobufjs; names, numbers and types are ONNX's own. */
import protobuf from "protobufjs";

const int64 = (id: number) => ({ type: "int64", id });
const string = (id: number) => ({ type: "string", id });
const message = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: "repeated", type, id });
const packed = (type: string, id: number) => ({ rule: "repeated", type, id, options: { packed: true } });

const root = protobuf.Root.fromJSON({
  nested: {
    onnx: {
      nested: {
        ModelProto: {
          fields: {
            irVersion: int64(1),
            producerName: string(2),
            producerVersion: string(3),
            domain: string(4),
            modelVersion: int64(5),
            docString: string(6),
            graph: message("GraphProto", 7),
            opsetImport: many("OperatorSetIdProto", 8),
            metadataProps: many("StringStringEntryProto", 14),
          },
        },
        OperatorSetIdProto: { fields: { domain: string(1), version: int64(2) } },
        StringStringEntryProto: { fields: { key: string(1), value: string(2) } },
        GraphProto: {
          fields: {
            node: many("NodeProto", 1),
            name: string(2),
            initializer: many("TensorProto", 5),
            docString: string(10),
            input: many("ValueInfoProto", 11),
            output: many("ValueInfoProto", 12),
          },
        },
        NodeProto: {
          fields: {
            input: many("string", 1),
            output: many("string", 2),
            name: string(3),
            opType: string(4),
            attribute: many("AttributeProto", 5),
            docString: string(6),
            domain: string(7),
          },
        },
        AttributeProto: {
          fields: {
            name: string(1),
            f: { type: "float", id: 2 },
            i: int64(3),
            s: { type: "bytes", id: 4 },
            floats: packed("float", 7),
            ints: packed("int64", 8),
            strings: many("bytes", 9),
            // FLOAT 1, INT 2, STRING 3, FLOATS 6, INTS 7, STRINGS 8
            type: { type: "int32", id: 20 },
          },
        },
        TensorProto: {
          fields: {
            dims: packed("int64", 1),
            dataType: { type: "int32", id: 2 },
            floatData: packed("float", 4),
            int64Data: packed("int64", 7),
            name: string(8),
            doubleData: packed("double", 10),
          },
        },
        ValueInfoProto: { fields: { name: string(1), type: message("TypeProto", 2), docString: string(3) } },
        TypeProto: {
          fields: { tensorType: message("Tensor", 1) },
          nested: {
            Tensor: { fields: { elemType: { type: "int32", id: 1 }, shape: message("TensorShapeProto", 2) } },
          },
        },
        TensorShapeProto: {
          fields: { dim: many("Dimension", 1) },
          nested: { Dimension: { fields: { dimValue: int64(1), dimParam: string(2) } } },
        },
      },
    },
  },
});

/** The top message: `encode` writes a model's bytes, `decode` reads them. */
export const ModelProto = root.lookupType("onnx.ModelProto");
