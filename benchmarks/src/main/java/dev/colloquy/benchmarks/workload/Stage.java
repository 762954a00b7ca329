package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.server.RedisControl;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings a contestant into the state that a round starts from: nothing else in the server, and so many conversations of
 * so many messages. Their users are new each time, as nobody empties a server under a client that goes on: what a
 * contestant remembers of a conversation must not be of one that is gone.
 */
public final class Stage {

    private static final String TEMPLATE = "template-user";

    private final RedisControl redis;
    private int scene;

    /**
     * @param redis the server's control connection
     */
    public Stage(RedisControl redis) {
        this.redis = redis;
    }

    RedisControl redis() {
        return redis;
    }

    /** The name of a user, until everything is forgotten. */
    public String user(int number) {
        return "user-" + scene + "-" + number;
    }

    /** Forgets everything and sets the conversations up. */
    public void set(Contestant contestant, int conversations, List<Said> messages) {
        clear(contestant);
        List<String> users =
                IntStream.range(0, conversations).mapToObj(this::user).toList();
        if (contestant.keepsItInRedis()) {
            contestant.seed(TEMPLATE, messages);
            redis.copyUser(TEMPLATE, users);
        } else {
            users.forEach(user -> contestant.seed(user, messages));
        }
    }

    /** Forgets everything. */
    public void clear(Contestant contestant) {
        scene++;
        redis.empty();
        contestant.forget();
    }
}
