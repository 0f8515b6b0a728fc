package karuta.serve.jetty;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends connections that send a header byte now and then and so are never idle (slowloris): on each a request has to begin within a
 * time.
 */
final class SlowConnections extends AbstractLifeCycle implements Runnable {

    private static final long EVERY_MILLIS = 1000;

    /** How many requests had begun, and since when they are so many. */
    private record Stand(long requests, long since) {}

    private final ServerConnector connector;
    private final long most;
    private final Map<EndPoint, Stand> stands = new WeakHashMap<>();

    SlowConnections(ServerConnector connector, Listening listening) {
        this.connector = connector;
        this.most = listening.answer().plus(listening.idle().multipliedBy(2)).toNanos();
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        connector.getScheduler().schedule(this, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One thread at a time. */
    @Override
    public void run() {
        if (!isRunning()) {
            return;
        }
        var now = System.nanoTime();
        connector.getConnectedEndPoints().forEach(end -> {
            var connection = end.getConnection();
            var requests = connection == null ? 0 : connection.getMessagesIn();
            var stand = stands.get(end);
            if (stand == null || stand.requests() != requests) {
                stands.put(end, new Stand(requests, now));
            } else if (now - stand.since() > most) {
                end.close();
            }
        });
        again();
    }
}
