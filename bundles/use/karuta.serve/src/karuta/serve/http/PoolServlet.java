package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Standing;
import karuta.serve.pool.PoolFacts;

/** {@code GET /api/pool}: the cards that answer, and the pool's history. */
final class PoolServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 100;

    private final transient PoolFacts pool;

    PoolServlet(PoolFacts pool) {
        this.pool = pool;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var object = new JsonObject();
        object.addProperty("name", pool.name());
        object.addProperty("revision", pool.revision().id());
        var cards = new JsonArray();
        pool.cards().forEach(card -> cards.add(json(card)));
        object.add("cards", cards);
        var history = new JsonArray();
        var standing = pool.standing();
        pool.history(SHOWN)
                .forEach(revision -> history.add(json(revision, Optional.ofNullable(standing.get(revision.id())))));
        object.add("history", history);
        Json.send(response, 200, object);
    }

    private static JsonObject json(CardRecord card) {
        var object = new JsonObject();
        object.addProperty("card", card.task());
        object.addProperty("author", card.author());
        object.addProperty("when", card.when().toString());
        object.addProperty("trained", card.source().training());
        object.addProperty("heldOut", card.source().validation());
        object.add("before", scores(card.before()));
        object.add("after", scores(card.after()));
        return object;
    }

    private static JsonObject scores(Map<String, Double> scores) {
        var object = new JsonObject();
        scores.forEach(object::addProperty);
        return object;
    }

    private static JsonObject json(Revision revision, Optional<Standing.Scores> standing) {
        var object = new JsonObject();
        object.addProperty("revision", revision.id());
        object.addProperty("author", revision.author().name());
        object.addProperty("when", revision.when().toString());
        object.addProperty("subject", revision.subject());
        standing.ifPresent(known -> {
            object.add("before", scores(known.before()));
            object.add("after", scores(known.after()));
        });
        return object;
    }
}
