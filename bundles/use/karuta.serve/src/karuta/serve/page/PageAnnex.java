package karuta.serve.page;

import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import karuta.serve.event.Watcher;
import karuta.serve.http.Annex;

/** The page at {@code /}. */
public final class PageAnnex implements Annex {

    @Override
    public Map<String, HttpServlet> servlets() {
        return Map.of("/", new PageServlet());
    }

    @Override
    public List<Watcher> watchers() {
        return List.of();
    }
}
