/** Closes connections from before a session on which a request to ECS is about to be written. Gives the function that ends it. */
export declare function closeOldEcsConnections(): () => void;
