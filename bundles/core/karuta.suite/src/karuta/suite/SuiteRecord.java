package karuta.suite;

import java.nio.file.Path;
import java.util.List;
import karuta.samples.Entry;

/**
 * An element of a task's file.
 *
 * @param split it is in
 * @param number in the file, from 1 on
 * @param where it is, for messages
 * @param entry what it says; a test element also with what the files beside say
 * @param images where its images would be, in the order of the entry
 */
public record SuiteRecord(Split split, int number, String where, Entry entry, List<Path> images) {}
