/**
 * The pool as a service: OpenAI's chat completions and an interface of our own, over HTTP. Servlets are OSGi's; nothing of an error
 * leaves but a sentence.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.serve.http;
