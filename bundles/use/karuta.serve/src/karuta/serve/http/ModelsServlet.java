package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import karuta.serve.pool.PoolFacts;

/** OpenAI's list of models ({@code GET /v1/models}), and one of it ({@code GET /v1/models/NAME}): the pool is the only one. */
final class ModelsServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    private final transient PoolFacts pool;

    ModelsServlet(PoolFacts pool) {
        this.pool = pool;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo();
        if (path == null || path.equals("/")) {
            var list = new JsonObject();
            list.addProperty("object", "list");
            var models = new JsonArray();
            models.add(model());
            list.add("data", models);
            Json.send(response, 200, list);
        } else if (path.equals("/" + pool.name())) {
            Json.send(response, 200, model());
        } else {
            throw new Problem(
                    404, "invalid_request_error", "model_not_found", "The only model here is \"" + pool.name() + "\".");
        }
    }

    private JsonObject model() {
        var model = new JsonObject();
        model.addProperty("id", pool.name());
        model.addProperty("object", "model");
        model.addProperty("created", pool.revision().when().getEpochSecond());
        model.addProperty("owned_by", "karuta");
        return model;
    }
}
