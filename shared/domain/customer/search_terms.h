// The quick search, which finds any two or more characters anywhere in a name, contact, phone or key. Ready-made search
// indexes cannot: whole-word ones know no Chinese, three-letter ones answer nothing for two characters. So we cut the
// text into pieces ourselves, and the database only stores words.
//
// Pieces of a text, after folding case and full-width forms (text::lower), overlapping, never across two fields:
//   - every two neighbouring characters
//   - every three neighbouring characters of which none is Han: pairs of letters and digits alone are too common
// A phone number of 11 digits thus gives 19 pieces, a company name of four Han characters 3. Measured with one million
// customers (name, phone, key: 108 bytes of pieces each) in fts5(content='', columnsize=0, detail=none,
// tokenize=ascii): 0.6 s to cut, 2.9 s to index, 39 MB; the commonest pair of digits is counted in 4.2 ms, seven digits
// are found in 1 ms. Without the pairs of digits indexing took 2.1 s, but two digits found nothing.
//
// A piece is written with [a-z0-9] only, so that no tokenizer splits or folds it and no query needs escaping. The index
// narrows, it does not decide: verify hits with `contains` below, which folds as the pieces do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tw::domain::customer {

// Words with one space between them, for one column of a full-text index (tokenizer `ascii`, no positions needed).
std::string index_terms(std::string_view name, std::string_view contact, std::string_view phone_key,
                        std::string_view external_key);

// What a text that is searched for must have among its words: all of them. Empty for fewer than two characters.
std::vector<std::string> query_terms(std::string_view query);

// Is `query` somewhere in `field`, case and width aside? An empty query is everywhere.
bool contains(std::string_view field, std::string_view query);

// When the query is a phone number as people write it ("138-1234 1234", "+86 138 …"), the digits as phone_key has them;
// otherwise empty. Search for these beside the query itself.
std::string phone_in_query(std::string_view query);

}  // namespace tw::domain::customer
