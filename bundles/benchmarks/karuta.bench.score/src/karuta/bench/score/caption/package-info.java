/** Rules of captions: BLEU, ROUGE-L, CIDEr-D. */
@NullMarked
package karuta.bench.score.caption;

import org.jspecify.annotations.NullMarked;
