package dev.colloquy.adapter.redis;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.redisson.api.RedissonClient;

/**
 * Which calls travel together. On one server all of them. In a cluster there are several lanes by slot, so that a node
 * that does not answer holds up only a part of the others. A lane's slots may lie on two masters all the same.
 */
final class Lanes {

    private static final int CLUSTER_LANES = 12;

    private Lanes() {}

    /** The lane for each key. */
    static Function<String, Lane> over(
            RedissonClient redisson, Nodes nodes, Executor executor, Duration responseTimeout, RedisListener listener) {
        Lane.Sender sender = new BatchSender(redisson, nodes, responseTimeout, listener);
        // Only if Redisson forgets to answer.
        Duration patience = responseTimeout.multipliedBy(3);
        Deadlines deadlines = new Deadlines(executor);
        if (!nodes.isCluster()) {
            Lane lane = lane(sender, executor, patience, deadlines);
            return key -> lane;
        }
        Lane.Sender eachToItsMaster = new MasterSender(sender, nodes::masterOf);
        Lane[] lanes = new Lane[CLUSTER_LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = lane(eachToItsMaster, executor, patience, deadlines);
        }
        return key -> lanes[nodes.slotOf(key) * CLUSTER_LANES / ClusterSlot.SLOTS];
    }

    private static Lane lane(Lane.Sender sender, Executor executor, Duration patience, Deadlines deadlines) {
        Lane lane = new Lane(sender, executor, patience, deadlines::callCame, System::nanoTime);
        deadlines.watch(lane::expire);
        return lane;
    }
}
