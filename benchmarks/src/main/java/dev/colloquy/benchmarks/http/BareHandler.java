package dev.colloquy.benchmarks.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colloquy.benchmarks.process.JavaServer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** A Helidon server that parses the JSON it is sent and sends it back: the limit of what a JSON service can do. */
public final class BareHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BareHandler() {}

    /** What starts it. It logs warnings only, as the service does not log its requests either. */
    public static List<String> command() {
        return JavaServer.java(
                "-Dlogback.configurationFile=dev/colloquy/benchmarks/logback.xml", BareHandler.class.getName());
    }

    /** Runs until it is killed, on the {@code HOST} and {@code PORT} of the environment. */
    public static void main(String[] arguments) {
        WebServer.builder()
                .host(System.getenv("HOST"))
                .port(Integer.parseInt(System.getenv("PORT")))
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> routing.get("/ready", (request, response) -> response.send("yes"))
                        .post("/v1/{+path}", BareHandler::echo))
                .build()
                .start();
    }

    private static void echo(ServerRequest request, ServerResponse response) throws Exception {
        JsonNode body = JSON.readTree(request.content().as(byte[].class));
        response.status(Status.CREATED_201)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(JSON.writeValueAsBytes(body));
    }
}
