package karuta.serve.http;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import karuta.serve.desk.Refusal;

/** Why a request is refused, in the form of OpenAI's errors; all that a caller learns of it. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How long somebody who is refused for want of room should wait, in seconds. */
    static final int RETRY = 1;

    private final int status;
    private final String type;
    private final String code;

    /**
     * @param status of HTTP
     * @param type of OpenAI: {@code invalid_request_error}, {@code authentication_error}, {@code server_error}
     * @param code a word for machines
     * @param message a sentence for people
     */
    public Problem(int status, String type, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
    }

    /** A request that is not as it must be. */
    public static Problem invalid(String code, String message) {
        return new Problem(400, "invalid_request_error", code, message);
    }

    static Problem unknownCaller() {
        return new Problem(
                401,
                "authentication_error",
                "invalid_api_key",
                "This needs a token: send the header \"Authorization: Bearer TOKEN\".");
    }

    static Problem unknown(String path) {
        return new Problem(404, "invalid_request_error", "not_found", "There is nothing at " + path + ".");
    }

    static Problem of(Refusal refusal) {
        var message = String.valueOf(refusal.getMessage());
        return switch (refusal.why()) {
            case BUSY -> busy(message);
            case ENDING -> new Problem(503, "server_error", "ending", message);
            case LATE -> new Problem(504, "server_error", "timeout", message);
            case UNFIT -> invalid("invalid_question", message);
            case FAILED -> failed(message);
        };
    }

    static Problem busy(String message) {
        return new Problem(429, "rate_limit_error", "busy", message);
    }

    static Problem failed(String message) {
        return new Problem(500, "server_error", "internal_error", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** In seconds; empty where it would not help. */
    Optional<Integer> retryAfter() {
        return status == 429 || status == 503 ? Optional.of(RETRY) : Optional.empty();
    }

    JsonObject json() {
        var error = new JsonObject();
        error.addProperty("message", String.valueOf(getMessage()));
        error.addProperty("type", type);
        error.add("param", JsonNull.INSTANCE);
        error.addProperty("code", code);
        var whole = new JsonObject();
        whole.add("error", error);
        return whole;
    }
}
