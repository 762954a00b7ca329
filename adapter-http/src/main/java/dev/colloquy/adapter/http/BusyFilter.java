package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.util.concurrent.Semaphore;

/** Answers only so many requests at once, and refuses more at once: a queue would make all of them late. */
final class BusyFilter implements Filter {

    private final Semaphore room;

    /** @param most the most requests at once, 1 and above */
    BusyFilter(int most) {
        this.room = new Semaphore(most);
    }

    @Override
    public Response filter(Request request, Handler next) {
        if (request.isFromOperator()) {
            return next.handle(request);
        }
        if (!room.tryAcquire()) {
            throw Problem.of(ProblemType.TOO_BUSY, "as many requests as allowed are being answered already")
                    .withHeader("Retry-After", "1")
                    .asException();
        }
        try {
            return next.handle(request);
        } finally {
            room.release();
        }
    }
}
