package dev.colloquy.benchmarks.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** A Helidon server that parses the JSON it is sent and sends it back: the limit of what a JSON service can do. */
public final class BareHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BareHandler() {}

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
