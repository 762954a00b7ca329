package dev.colloquy.adapter.redis.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something that goes wrong once, for one request, in a {@link FaultyProxy}. */
public final class Fault {

    enum Kind {
        HOLD_REQUEST,
        HOLD_REPLY,
        CUT_REQUEST,
        CUT_REPLY,
        SWALLOW_REPLY
    }

    private final Kind kind;
    private final String marker;
    private final int bytes;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch struck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Fault(Kind kind, String marker, int bytes) {
        this.kind = kind;
        this.marker = marker;
        this.bytes = bytes;
    }

    /**
     * Waits until the fault has happened: the request or reply is held, cut or swallowed.
     *
     * @return whether it did in time
     */
    public boolean awaitStruck(Duration atMost) throws InterruptedException {
        return struck.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets go what is held; without a meaning for the other faults. */
    public void release() {
        released.countDown();
    }

    Kind kind() {
        return kind;
    }

    String marker() {
        return marker;
    }

    int bytes() {
        return bytes;
    }

    /** Whether the caller is the first one to meet this fault. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void strike() {
        struck.countDown();
    }

    void strikeAndHold() throws InterruptedException {
        struck.countDown();
        released.await();
    }
}
