package dev.colloquy.adapter.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The table of routes: all that can be called. {@code HEAD} comes with each {@code GET}, {@code OPTIONS} everywhere. */
final class Routes {

    static final PathTemplate CONVERSATION = PathTemplate.of("/v1/agents/{agent}/users/{user}/conversation");
    static final PathTemplate MESSAGES = PathTemplate.of("/v1/agents/{agent}/users/{user}/conversation/messages");

    // Longer than a slow answer of Redis. A probe should be given a little more.
    private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(2);

    private Routes() {}

    static List<Route> over(HttpPorts ports, HttpFeatures features) {
        ConversationHandlers conversations = new ConversationHandlers(ports);
        HealthHandlers health = new HealthHandlers(new BoundedReadiness(ports.checkReadiness(), READINESS_TIMEOUT));
        DocumentationHandlers documentation = new DocumentationHandlers();
        List<Route> routes = new ArrayList<>(List.of(
                Route.of("POST", MESSAGES.text(), conversations::saveMessages),
                Route.of("GET", MESSAGES.text(), conversations::getMessages).knowing("last", "after", "limit"),
                Route.of("GET", CONVERSATION.text(), conversations::getConversation)
                        .knowing("last", "after", "limit"),
                Route.of("DELETE", CONVERSATION.text(), conversations::clearConversation),
                Route.of("GET", "/v1/agents/{agent}/conversations", conversations::listConversations)
                        .knowing("cursor", "limit"),
                Route.of("GET", "/health/live", health::live),
                Route.of("GET", "/health/ready", health::ready),
                Route.of("GET", "/openapi", documentation::openApi),
                Route.of("GET", "/docs", documentation::page),
                Route.of("GET", "/docs/{file}", documentation::file)));
        features.metricsSource()
                .ifPresent(source -> routes.add(Route.of("GET", "/metrics", request -> metrics(source))));
        return List.copyOf(routes);
    }

    private static Response metrics(Supplier<String> source) {
        return Response.text(200, "text/plain; version=0.0.4; charset=utf-8", source.get());
    }
}
