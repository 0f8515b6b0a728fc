package karuta.study.file;

/** The part of the schema that does not depend on the strategies at hand. Each kind of strategy is a definition of its own. */
final class StudySchemaFrame {

    static final String TEXT = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Karuta study",
          "type": "object",
          "properties": {
            "study": {"$ref": "#/definitions/name", "description": "Names the study in records."},
            "seeds": {
              "description": "Every arm is run with every seed: a list, or how many from 1 on (default: 1).",
              "oneOf": [
                {"type": "array", "items": {"type": "integer"}, "minItems": 1, "uniqueItems": true},
                {"type": "integer", "minimum": 1, "maximum": 1000}
              ]
            },
            "backbone": {"$ref": "#/definitions/backbone"},
            "encoder": {"$ref": "#/definitions/encoder"},
            "benchmark": {"$ref": "#/definitions/benchmark"},
            "skipBad": {
              "description": "Leave out samples whose image cannot be read, and count them; otherwise they are refused.",
              "type": "boolean"
            },
            "exemplarFree": {
              "description": "Refuse methods that store samples of earlier tasks.",
              "type": "boolean"
            },
            "tasks": {"$ref": "#/definitions/tasks"},
            "orders": {
              "description": "Several task orders, by name; each arm is run in every one.",
              "type": "object", "minProperties": 1,
              "propertyNames": {"$ref": "#/definitions/name"},
              "properties": {
                "random": {"$ref": "#/definitions/draw", "description": "So many orders by chance, the same in every study."},
                "latin": {"$ref": "#/definitions/draw", "description": "So many rows of a balanced Latin square."}
              },
              "additionalProperties": {"$ref": "#/definitions/tasks"}
            },
            "watch": {
              "description": "Tasks of the benchmark that are evaluated after every stage and never learned.",
              "type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true
            },
            "training": {"$ref": "#/definitions/training"},
            "arms": {
              "description": "What is compared, by name.",
              "type": "object", "minProperties": 1,
              "propertyNames": {"$ref": "#/definitions/name"},
              "additionalProperties": {"$ref": "#/definitions/arm"}
            },
            "ablate": {
              "description": "Arms without parts of one arm.",
              "oneOf": [
                {"$ref": "#/definitions/parts"},
                {
                  "type": "object", "additionalProperties": false, "required": ["parts"],
                  "properties": {
                    "arm": {"$ref": "#/definitions/name", "description": "Which; not needed where there is one."},
                    "parts": {"$ref": "#/definitions/parts"},
                    "design": {"enum": ["leave-one-out", "one-in", "pairwise", "factorial"]},
                    "without": {
                      "description": "What leaving out a part means: settings by path.",
                      "type": "object", "additionalProperties": {"$ref": "#/definitions/settings"}
                    }
                  }
                }
              ]
            },
            "sweep": {
              "description": "Arms that differ from one arm in some settings.",
              "oneOf": [
                {"$ref": "#/definitions/sweep"},
                {"type": "array", "items": {"$ref": "#/definitions/sweep"}, "minItems": 1}
              ]
            },
            "slurm": {
              "description": "What `--launcher slurm` asks for, where the command line does not say it.",
              "type": "object", "additionalProperties": false,
              "properties": {
                "tasks": {"description": "Tasks of the array at most.", "type": "integer", "minimum": 1},
                "options": {
                  "description": "Long options of sbatch, such as partition; empty where the name says it all.",
                  "type": "object", "propertyNames": {"pattern": "^[a-z][a-z0-9-]*$"},
                  "additionalProperties": {"type": ["string", "number", "boolean"]}
                }
              }
            },
            "pretraining": {"$ref": "#/definitions/pretraining"}
          },
          "additionalProperties": false,
          "required": ["study"],
          "if": {"required": ["pretraining"]},
          "then": {"propertyNames": {"enum": ["study", "seeds", "pretraining"]}},
          "else": {
            "required": ["backbone", "encoder", "benchmark", "arms"],
            "not": {"required": ["tasks", "orders"]}
          },
          "definitions": {
            "name": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"},
            "draw": {"oneOf": [{"type": "integer", "minimum": 1, "maximum": 1000}, {"$ref": "#/definitions/tasks"}]},
            "parts": {
              "description": "pool, selector, fusion, alignment as far as the arm has them, and what \\"without\\" names.",
              "oneOf": [
                {"const": "all"}, {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true}
              ]
            },
            "settings": {
              "description": "Values by path, such as selector.k; nothing takes away what stands there.",
              "type": "object", "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"}
            },
            "lists": {
              "description": "Lists of values by path.",
              "type": "object", "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"},
              "additionalProperties": {"type": "array", "minItems": 1}
            },
            "sweep": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "arm": {"$ref": "#/definitions/name", "description": "Which; not needed where there is one."},
                "grid": {"$ref": "#/definitions/lists", "description": "All combinations."},
                "zip": {"$ref": "#/definitions/lists", "description": "The first of each, the second of each, ..."},
                "list": {"type": "array", "items": {"$ref": "#/definitions/settings"}, "minItems": 1},
                "exclude": {"type": "array", "items": {"$ref": "#/definitions/settings"}, "minItems": 1}
              },
              "anyOf": [{"required": ["grid"]}, {"required": ["zip"]}, {"required": ["list"]}]
            },
            "tasks": {
              "description": "Tasks of the benchmark, first to last.",
              "type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true
            },
            "training": {
              "type": "object",
              "properties": {
                "rate": {"description": "Learning rate at its peak.", "type": "number", "exclusiveMinimum": 0, "maximum": 1000},
                "steps": {"description": "Optimiser steps per stage.", "type": "integer", "minimum": 1},
                "epochs": {"description": "Passes over a stage's examples.", "type": "integer", "minimum": 1},
                "batch": {"description": "Examples per step.", "type": "integer", "minimum": 1},
                "warmup": {
                  "description": "Share of the steps during which the rate rises.",
                  "type": "number", "minimum": 0, "maximum": 1
                },
                "clip": {"description": "Largest gradient norm; 0: no clipping.", "type": "number", "minimum": 0},
                "decay": {"description": "Weight decay of AdamW.", "type": "number", "minimum": 0, "maximum": 1000},
                "betas": {
                  "description": "Of AdamW.",
                  "type": "array", "minItems": 2, "maxItems": 2,
                  "items": {"type": "number", "minimum": 0, "exclusiveMaximum": 1}
                }
              },
              "additionalProperties": false,
              "not": {"required": ["steps", "epochs"]}
            },
            "arm": {
              "type": "object",
              "properties": {
                "analysis": {
                  "description": "Strategies may see the true task; such an arm is no method.",
                  "type": "boolean"
                },
                "from": {
                  "description": "Begin with what the newest checkpoint in this folder holds: a run, or an import.",
                  "type": "string"
                },
                "learner": {"$ref": "#/definitions/learner"},
                "baseline": {"$ref": "#/definitions/baseline"},
                "pool": {"$ref": "#/definitions/pool"},
                "selector": {"$ref": "#/definitions/selector"},
                "fusion": {"$ref": "#/definitions/fusion"},
                "over": {"$ref": "#/definitions/over"},
                "training": {"$ref": "#/definitions/training"}
              },
              "additionalProperties": false,
              "oneOf": [{"required": ["learner"]}, {"required": ["baseline"]}]
            },
            "over": {
              "description": "What a wrapper goes over: an arm without a name.",
              "type": "object",
              "properties": {
                "learner": {"$ref": "#/definitions/learner"},
                "baseline": {"$ref": "#/definitions/baseline"},
                "pool": {"$ref": "#/definitions/pool"},
                "selector": {"$ref": "#/definitions/selector"},
                "fusion": {"$ref": "#/definitions/fusion"},
                "over": {"$ref": "#/definitions/over"}
              },
              "additionalProperties": false,
              "oneOf": [{"required": ["learner"]}, {"required": ["baseline"]}]
            },
            "strategy": {
              "anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
              ]
            }
          }
        }
        """;

    private StudySchemaFrame() {}
}
