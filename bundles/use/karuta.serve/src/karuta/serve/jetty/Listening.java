package karuta.serve.jetty;

import java.time.Duration;

/**
 * Where and how a service listens.
 *
 * @param host name or address of an interface of this machine
 * @param port 0 for any that is free
 * @param idle how long nothing may come on a connection, within a request or between two
 * @param answer how long an answer may take; a connection on which for that time, and twice {@code idle}, no request has begun is
 *     ended, whatever drips in
 * @param connections at once
 */
public record Listening(String host, int port, Duration idle, Duration answer, int connections) {}
