/**
 * What a {@code tokenizer.json} may say, checked in Java before the native library sees it: the library ends the whole
 * process where it meets what it did not expect, while it reads a file or, later, a text.
 *
 * <p>The format is that of Hugging Face's tokenizers, read here as version 0.21.4 of that library does (the one in DJL
 * 0.36). Component types and keys are listed one by one, and what is not listed is refused.
 */
@NullMarked
package karuta.lmm.tokenizer;

import org.jspecify.annotations.NullMarked;
