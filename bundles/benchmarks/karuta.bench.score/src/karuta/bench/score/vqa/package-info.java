/** Rules of visual question answering: ten human answers, and GQA. */
@NullMarked
package karuta.bench.score.vqa;

import org.jspecify.annotations.NullMarked;
