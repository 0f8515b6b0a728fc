/**
 * Benchmarks in folders: images and JSON as LLaVA and CoIN have it, read and written.
 *
 * <pre> PATH/benchmark.json         optional: the order of the tasks, and their scorers PATH/TASK/train.json
 * [{"id": ..., "image": ..., "conversations": [{"from": "human", "value": "&lt;image&gt;\n..."}, ...]}, ...]
 * PATH/TASK/test.json         the same, or CoIN's [{"question_id": ..., "image": ..., "text": ..., "answer": ...}, ...]
 * </pre>
 *
 * <p>A file may also have one sample a line, and be called {@code .jsonl}.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.bench.folder;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
