package karuta.api;

/**
 * A question and its answer, earlier in a conversation.
 *
 * @param question as the user asked it
 * @param answer as it was given
 */
public record Turn(String question, String answer) {}
