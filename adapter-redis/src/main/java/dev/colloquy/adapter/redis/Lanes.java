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
        Lane.Sender sender = new BatchSender(redisson, responseTimeout, listener);
        // Only if Redisson forgets to answer.
        Duration patience = responseTimeout.multipliedBy(3);
        if (!redisson.getConfig().isClusterConfig()) {
            Lane lane = new Lane(sender, executor, patience);
            return key -> lane;
        }
        Lane.Sender eachToItsMaster = new MasterSender(sender, nodes::masterOf);
        Lane[] lanes = new Lane[CLUSTER_LANES];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(eachToItsMaster, executor, patience);
        }
        return key -> lanes[ClusterSlot.of(key) * CLUSTER_LANES / ClusterSlot.SLOTS];
    }
}
