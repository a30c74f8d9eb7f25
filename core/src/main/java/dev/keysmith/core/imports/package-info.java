/**
 * Imports of users and groups from identity providers.
 *
 * <p>An import is a chain of steps. Each fetches outside any transaction, and stores in one short
 * transaction both what it fetched and where the import then stands; so it goes on there after a
 * crash, and a cancelled one writes nothing more. What was seen is stamped on the rows, not kept in
 * memory. New users are announced at the end, when all their groups are known: a workflow that asks
 * for a group can rely on it. Users are marked as having left, never deleted; a user who returns is
 * announced again.
 *
 * <p>Limits: an import occupies one of the threads that deliver events while it runs, waits
 * included; groups that were never imported are not kept.
 */
@NullMarked
package dev.keysmith.core.imports;

import org.jspecify.annotations.NullMarked;
