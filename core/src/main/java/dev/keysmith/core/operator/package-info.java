/** Who may use the API and the panel: roles and API tokens. */
@NullMarked
package dev.keysmith.core.operator;

import org.jspecify.annotations.NullMarked;
