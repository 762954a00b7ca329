package dev.colloquy.adapter.http;

import dev.colloquy.domain.error.InvalidValue;
import java.time.Duration;

/**
 * How much the HTTP surface takes on. Immutable.
 *
 * @param requestsPerSecond the most requests of one caller in a second, 1 to 1000000, or 0 for any number; without
 *     access control all callers are one
 * @param concurrentRequests the most requests that are answered at once, 1 to 1000000; health and metrics do not count
 * @param connections the most connections at once, 1 to 1000000; further ones wait until one ends
 * @param requestTimeout how long a client may take to send a request, and again to receive the answer; 1 ms and above
 */
public record HttpLimits(int requestsPerSecond, int concurrentRequests, int connections, Duration requestTimeout) {

    private static final int MOST = 1_000_000;

    /** Any number of requests, 1024 of them at once, over 10000 connections, 30 s for each to arrive. */
    public static final HttpLimits DEFAULT = new HttpLimits(0, 1_024, 10_000, Duration.ofSeconds(30));

    /** @throws InvalidValue if a value is out of range */
    public HttpLimits {
        requireWithin("requestsPerSecond", requestsPerSecond, 0);
        requireWithin("concurrentRequests", concurrentRequests, 1);
        requireWithin("connections", connections, 1);
        if (requestTimeout.toMillis() < 1) {
            throw new InvalidValue("requestTimeout", requestTimeout.toString(), "1 millisecond and above");
        }
    }

    /** The same with another limit for each caller; 0 for none. */
    public HttpLimits withRequestsPerSecond(int number) {
        return new HttpLimits(number, concurrentRequests, connections, requestTimeout);
    }

    /** The same with another number of requests at once. */
    public HttpLimits withConcurrentRequests(int number) {
        return new HttpLimits(requestsPerSecond, number, connections, requestTimeout);
    }

    /** The same with another number of connections. */
    public HttpLimits withConnections(int number) {
        return new HttpLimits(requestsPerSecond, concurrentRequests, number, requestTimeout);
    }

    /** The same with another time for a request to arrive. */
    public HttpLimits withRequestTimeout(Duration timeout) {
        return new HttpLimits(requestsPerSecond, concurrentRequests, connections, timeout);
    }

    private static void requireWithin(String field, int value, int least) {
        if (value < least || value > MOST) {
            throw new InvalidValue(field, Integer.toString(value), least + " to " + MOST);
        }
    }
}
