package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches how one service process says it is doing. Runs in a thread of its own; read it when that has ended. */
final class Monitor implements Runnable {

    private static final int INTERVAL_MILLIS = 50;

    private final HttpEndpoint endpoint;
    private final CountDownLatch stop;
    private final List<Span> spans = new ArrayList<>();

    Monitor(HttpEndpoint endpoint, CountDownLatch stop) {
        this.endpoint = endpoint;
        this.stop = stop;
    }

    @Override
    public void run() {
        String state = "ready";
        long since = Recorder.now();
        try {
            while (!stop.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                String seen = endpoint.state();
                if (!seen.equals(state)) {
                    long now = Recorder.now();
                    spans.add(new Span(state, since, now));
                    state = seen;
                    since = now;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        spans.add(new Span(state, since, Recorder.now()));
    }

    /** The states it was in, one after the other: ready, degraded, unavailable, or silent. */
    List<Span> spans() {
        return List.copyOf(spans);
    }
}
