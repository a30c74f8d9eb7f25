/** Many users at once: chosen, walked through in steps, assigned passkeys. */
@NullMarked
package dev.keysmith.core.bulk;

import org.jspecify.annotations.NullMarked;
