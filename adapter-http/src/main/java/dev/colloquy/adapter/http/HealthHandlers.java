package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.json.AnswerWriter;
import dev.colloquy.domain.port.in.CheckReadinessUseCase;
import dev.colloquy.domain.port.in.Readiness;

/** The calls of those who watch over the service. */
record HealthHandlers(CheckReadinessUseCase checkReadiness) {

    /** Whether the process runs; it asks nobody. */
    Response live(Request request) {
        return Response.json(200, AnswerWriter.health("live", "the process runs"));
    }

    /** Whether requests are worth sending here; it asks the store. */
    Response ready(Request request) {
        Readiness readiness = checkReadiness.checkReadiness();
        return Response.json(readiness.acceptsRequests() ? 200 : 503, AnswerWriter.readiness(readiness));
    }
}
