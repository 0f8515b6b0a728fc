package karuta.api;

import java.util.List;

/**
 * One sample as the backbone shall run it.
 *
 * @param input the question
 * @param inserts what is put into the frozen backbone for it; another number of prompts for each sample is fine
 */
public record PromptedInput(Input input, List<Insert> inserts) {}
