// text/hangul.h - Korean words without their particles and commonest endings.
#pragma once

#include <string_view>

namespace crossglot {

// The word without its longest known ending, as long as two syllables remain: 프로젝트를 -> 프로젝트,
// 저장합니다 -> 저장. The list covers case particles and the forms of 하다, 되다 and 이다 that attach to nouns, which
// is what documentation is written in; it is no morphological analysis, and the word's own form stays its surface.
std::string_view hangul_stem(std::string_view word);

// True for a particle alone, as it stands after a Latin word or a number ("API를").
bool hangul_particle(std::string_view word);

}  // namespace crossglot
