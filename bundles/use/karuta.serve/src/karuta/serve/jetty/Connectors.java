package karuta.serve.jetty;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import karuta.api.KarutaException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Makes the one door through which requests come.
 *
 * @param listening where and how
 * @param headers that every answer has
 */
public record Connectors(Listening listening, Map<String, String> headers) {

    private static final int HEADER_BYTES = 8 * 1024;

    /**
     * Makes it, and opens its port.
     *
     * @param server whose errors it answers, too
     * @throws KarutaException if the port is in use
     */
    public ServerConnector create(Server server) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(listening.host());
        connector.setPort(listening.port());
        connector.setIdleTimeout(listening.idle().toMillis());
        connector.addBean(new NetworkConnectionLimit(listening.connections(), connector));
        connector.addBean(new SlowConnections(connector, listening));
        server.setErrorHandler(new JsonErrors(headers));
        try {
            connector.open();
        } catch (IOException taken) {
            throw new KarutaException(
                    "The service cannot listen at " + listening.host() + ", port " + listening.port() + ": "
                            + taken.getMessage() + ".",
                    "Is another service there? Choose another --port; 0 takes any that is free.",
                    taken);
        }
        return connector;
    }

    /** Takes every other door away. */
    public static void closeOthers(Server server) {
        Arrays.stream(server.getConnectors()).forEach(connector -> {
            try {
                connector.stop();
            } catch (Exception stuck) {
                throw new IllegalStateException(stuck);
            }
            server.removeConnector(connector);
        });
    }
}
