package karuta.serve.service;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import karuta.api.KarutaException;
import karuta.serve.http.Site;
import karuta.serve.jetty.Connectors;
import karuta.serve.jetty.Listening;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/**
 * A site in Felix' HTTP service: servlets and gate are OSGi services (OSGi Compendium 8.1, chapter 140, Whiteboard Specification for
 * Jakarta Servlet), and so is the connector. Felix opens a port of its own before it asks for connectors: one of this machine alone, that is closed
 * at once.
 */
final class Mounted implements AutoCloseable {

    private static final String JETTY = "org.apache.felix.http.jetty12";

    /** While it stops, running requests are answered. */
    private static final long STOP_MILLIS = 5000;

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final Bundle jetty;
    private final int port;

    /**
     * Mounts it, and listens.
     *
     * @param threads that serve requests
     * @throws KarutaException if it cannot listen
     */
    Mounted(BundleContext context, Site site, Listening listening, Map<String, String> headers, int threads) {
        jetty = Arrays.stream(context.getBundles())
                .filter(bundle -> JETTY.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "This Karuta has no HTTP service (" + JETTY + ").", "Take a whole product."));
        settings(threads).forEach(System::setProperty);
        var opened = new CompletableFuture<Integer>();
        ConnectorFactory door = server -> {
            try {
                Connectors.closeOthers(server);
                var connector = new Connectors(listening, headers).create(server);
                opened.complete(connector.getLocalPort());
                return connector;
            } catch (RuntimeException taken) {
                opened.completeExceptionally(taken);
                throw taken;
            }
        };
        registrations.add(context.registerService(ConnectorFactory.class, door, null));
        site.servlets()
                .forEach((pattern, servlet) -> register(
                        context,
                        Servlet.class,
                        servlet,
                        Map.of(
                                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
                                pattern,
                                HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
                                "karuta " + pattern)));
        register(
                context,
                Filter.class,
                site.gate(),
                Map.of(HttpWhiteboardConstants.HTTP_WHITEBOARD_FILTER_PATTERN, Site.ALL));
        try {
            jetty.start(Bundle.START_TRANSIENT);
            port = opened.getNow(0);
            if (port == 0) {
                throw new KarutaException("The HTTP service did not start.", "Its log says why.");
            }
        } catch (java.util.concurrent.CompletionException taken) {
            close();
            throw taken.getCause() instanceof KarutaException told ? told : taken;
        } catch (BundleException | RuntimeException failed) {
            close();
            throw failed instanceof KarutaException told
                    ? told
                    : new KarutaException("The HTTP service did not start: " + failed.getMessage() + ".", "", failed);
        }
    }

    private static Map<String, String> settings(int threads) {
        return Map.of(
                "org.apache.felix.http.host",
                "127.0.0.1",
                "org.osgi.service.http.port",
                "0",
                "org.apache.felix.http.jetty.threadpool.max",
                Integer.toString(threads),
                "org.apache.felix.jetty.stopTimeout",
                Long.toString(STOP_MILLIS));
    }

    private <T> void register(BundleContext context, Class<T> type, T service, Map<String, String> properties) {
        registrations.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            jetty.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException stuck) {
            throw new IllegalStateException(stuck);
        } finally {
            registrations.forEach(ServiceRegistration::unregister);
            registrations.clear();
        }
    }
}
