package karuta.serve.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import karuta.serve.desk.Limits;
import karuta.serve.http.Audit;

/**
 * How a pool is served.
 *
 * @param host name or address of an interface of this machine
 * @param port 0 for any that is free
 * @param limits of the desk
 * @param requestBytes that a request may have
 * @param pixels that an image may have
 * @param characters that a question may have, with what was said before
 * @param slow how long nothing may come while a request is read, and how long its body may take in all
 * @param tokens file of who may call; empty where anybody may
 * @param audit where who asked what is written down, if anywhere
 */
public record Settings(
        String host,
        int port,
        Limits limits,
        int requestBytes,
        long pixels,
        int characters,
        Duration slow,
        Optional<Path> tokens,
        Optional<Audit> audit) {}
