/** How the service listens: limits against slow and many clients, and errors in JSON alone. */
@org.jspecify.annotations.NullMarked
package karuta.serve.jetty;
