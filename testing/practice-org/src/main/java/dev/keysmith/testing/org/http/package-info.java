/** What every endpoint of the practice org shares: routes, access, limits, faults. */
@NullMarked
package dev.keysmith.testing.org.http;

import org.jspecify.annotations.NullMarked;
