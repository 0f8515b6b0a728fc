package karuta.api;

/**
 * One example of a task.
 *
 * @param id unique within its task and split
 * @param query what is asked
 * @param answer the reference answer
 */
public record Sample(String id, Query query, String answer) {}
