package karuta.suite;

import java.util.List;
import karuta.api.Sample;

/**
 * What is needed to score answers to a task: no training samples, and of the images nothing but their paths.
 *
 * @param task of the suite
 * @param samples of the test file, in its order, with the references and fields that the task's rules need
 * @param split ids of the samples that the published script counts, where a file says so (ScienceQA); empty for those of
 *     {@code samples}
 * @param notes what must be known, a sentence each
 */
public record TestSet(SuiteTask task, List<Sample> samples, List<String> split, List<String> notes) {}
