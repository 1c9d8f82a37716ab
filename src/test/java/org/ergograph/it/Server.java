package org.ergograph.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The server that the build started for this test run. Thread-safe.
 *
 * @param name {@code liberty} or {@code payara}
 * @param base ends with a slash
 * @param dataDirectory where the deployed application keeps its data
 */
public record Server(String name, URI base, Path dataDirectory) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** The server of this test run. */
    public static Server current() {
        return new Server(
                property("it.server"),
                URI.create("http://localhost:" + property("it.port") + "/"),
                Path.of(property("it.data")));
    }

    /** The address of a path that begins with a slash. */
    public URI uri(String path) {
        return base.resolve(path);
    }

    /** A request for the path, to be completed and {@linkplain #send sent}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    }

    /** Sends a request and waits for the whole answer. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to a GET. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is set by the build: run mvn verify");
    }
}
